"""MiniStack with IAM policies and signatures enforced, over plain HTTP.

Policies that refuse what does not come over TLS, as those of CDK's buckets do, would refuse everything here; a certificate
would need a tool that not every machine has. So policies are told that TLS was used.
"""
from ministack.core import iam_evaluator

pin_request_origin = iam_evaluator.pin_request_origin
iam_evaluator.pin_request_origin = lambda source_ip, secure_transport: pin_request_origin(source_ip, True)

from ministack.app import main  # noqa: E402  (after what it imports was changed)

main()
