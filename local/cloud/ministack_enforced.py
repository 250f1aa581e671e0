"""MiniStack with enforced IAM policies and signatures, over plain HTTP.

Bucket policies of the CDK deny requests without TLS. Not every machine has a tool that creates a certificate, so
aws:SecureTransport is always true here.
"""
from ministack.core import iam_evaluator

pin_request_origin = iam_evaluator.pin_request_origin
iam_evaluator.pin_request_origin = lambda source_ip, secure_transport: pin_request_origin(source_ip, True)

from ministack.app import main  # noqa: E402  (imports the changed module)

main()
