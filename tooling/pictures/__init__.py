"""Every page of the service as a picture, so that a change of look is seen before it lands."""
