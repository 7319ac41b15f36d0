"""What a resident who struggles may count on, as arithmetic: budget, plan, early worries, rules.

`surplus` says what is left of a household's money, `plan` shares it among the debts, `signals`
adds up early worries with their reasons, and `deciding` says what follows, in a fixed order.
One valve runs through all of it: what another service knows may help somebody or hold an action
back; it never presses anybody harder (`valve`).
"""
