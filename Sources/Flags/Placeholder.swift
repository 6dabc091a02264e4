enum FlagsPlaceholder {}
