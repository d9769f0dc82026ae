"""The live map: a web page that draws what the desk knows, and the native life around it."""
