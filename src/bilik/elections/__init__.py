"""Elections, the lists of voters they were held on, and every published count of them.

A row of ``counts`` is what one source says about one region in one election. Rows
that contradict each other are all kept; ``acceptances`` says which one is used for
which column and why.
"""
