"""Ten years of a contract, told from what was done: invented, to show what the pages are for.

What is written in ``figures/story.yaml`` are volumes, prices and likelihoods. Work and answers are
drawn from them row by row, and taken in, counted, charged, claimed and signed by the commands that
officers use. No result is written anywhere.
"""
