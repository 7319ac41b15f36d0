"""What officers and anybody else may do about change; each leaves a fact."""
