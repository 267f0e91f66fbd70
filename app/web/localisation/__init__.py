"""Language of a page: its catalogue, dates, amounts and names of countries in it."""
