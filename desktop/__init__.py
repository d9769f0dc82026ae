"""The running desk: composition root, link to the bridge, main window, actions, sound, translations."""
