import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** The files of a self-signed certificate for 127.0.0.1, with an RSA key of the size of S3's. */
export async function createCertificate(folder: string): Promise<Certificate> {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const options = ['-nodes', '-newkey', 'rsa:2048', '-days', '2', '-subj', '/CN=127.0.0.1'];
  const extension = ['-addext', 'subjectAltName=IP:127.0.0.1'];
  try {
    await promisify(execFile)('openssl', [
      'req',
      '-x509',
      ...options,
      ...extension,
      '-keyout',
      key,
      '-out',
      certificate,
    ]);
  } catch (error) {
    throw new Error(`openssl could not create a certificate: ${(error as Error).message}. Install openssl.`);
  }
  return { certificate, key };
}
