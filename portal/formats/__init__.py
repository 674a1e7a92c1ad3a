"""How Django itself writes days, beside `portal.templatetags.cap`: one way in each language."""
