"""The page kit: the frame of every page, its look, and the pieces that pages are made of."""
