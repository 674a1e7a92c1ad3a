"""The domain of social relief: knows Django's ORM, knows no web, no CMS, no search engine."""
