"""Twenty requests on one dossier at the same instant, and a plain model of what may come of them.

`worlds` has the acts of applicants and agents, each with what it does to the model; `running` runs two of them at once
and asks whether any order of one after the other explains what came out.
"""
