"""The official catalogue (政务公开标准目录): 13 rows as data, what satisfies each, the check of all."""
