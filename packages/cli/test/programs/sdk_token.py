# An unmodified program of the Azure SDK for Python: prints what its credentials get.
import json
import sys

from azure.core.exceptions import ClientAuthenticationError
from azure.identity import DefaultAzureCredential, ManagedIdentityCredential

for credential in (DefaultAzureCredential(), ManagedIdentityCredential()):
    try:
        token = credential.get_token(sys.argv[1])
        print(json.dumps({"token": token.token, "expires_on": token.expires_on}))
    except ClientAuthenticationError as error:
        print(json.dumps({"error": str(error)}))
