"""Attachments read in a process of their own: it knows neither Django nor the rest of the house."""
