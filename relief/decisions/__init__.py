"""Evidence and opinions: home visits, cross-checks, what each level said and decided."""
