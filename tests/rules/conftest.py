"""Properties are about what is so, not about how busy the machine is."""

import hypothesis

hypothesis.settings.register_profile("borough", deadline=None)
hypothesis.settings.load_profile("borough")
