"""The pages, one module a sort of page. Each gives `pages(snapshot)`: addresses with their content.

Belongs here: choosing and arranging rows. Does not belong here: HTML (`../templates`), queries (`../reader.py`).
"""
