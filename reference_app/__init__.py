"""A reference for whoever builds the protected person's app: a gateway that carries sealed boxes, and a page that opens them."""
