"""The site: everything a person sees or clicks."""
