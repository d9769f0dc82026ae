"""The headless half of Bongsu: receives, decides, stores and serves; never imports Qt."""
