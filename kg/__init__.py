"""policykg: Chinese policy and industry prose in, a graph of evidenced statements out."""

__version__ = "0.1.0"
