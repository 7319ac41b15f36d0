"""Early worries, found for the whole borough each night, and the support team's queue.

What a worry is and what it weighs are rules (`rules.support.signals`); what was seen comes from
the signals on the cards. Here it is kept, added up with its reasons, and put in an order in which
people look. Nothing here sends anything or presses anybody.
"""
