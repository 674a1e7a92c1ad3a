"""All texts of the site as their keepers see them: listed, filtered, acted on together."""
