"""The catalogues of translations: extraction, what translators read of each sentence, checks, rewording, a report.

French sentences are the keys, so French needs no catalogue; each folder of `translations/` is another language.
"""
