"""Whether what is believed follows from what was said alone: any history on both stores, any order of arrival, any number of words."""
