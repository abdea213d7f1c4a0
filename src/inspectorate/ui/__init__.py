"""The look of the product: page layout, components, template tags. The only package with CSS."""
