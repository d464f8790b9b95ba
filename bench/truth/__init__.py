"""What is held, closed and told apart after facts have changed, beside baselines: python -m bench.truth"""
