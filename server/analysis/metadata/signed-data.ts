// The certificate of who made an Authenticode signature (PKCS #7 SignedData, RFC 2315 section 9), in DER as it stands there.
// Nothing is verified: whether the signature is right is SQL Server's to say.

/** Undefined where the signature has none, or is no SignedData. */
export function signerCertificateOf(pkcs7: Uint8Array): Uint8Array | undefined {
  const [content] = childrenOf(pkcs7, elementAt(pkcs7, 0));
  const signedData = firstChild(pkcs7, content && nextOf(pkcs7, content));
  if (!signedData) return undefined;
  const parts = childrenOf(pkcs7, signedData);
  const certificates = parts.find(({ tag }) => tag === certificateSet);
  const signers = parts.at(-1);
  if (!certificates || signers?.tag !== set) return undefined;
  const all = childrenOf(pkcs7, certificates).filter(({ tag }) => tag === sequence);
  // SignerInfo: version, then issuer and serial number of the certificate.
  const [, issuerAndSerial] = childrenOf(pkcs7, firstChild(pkcs7, signers));
  const wanted = issuerAndSerial && childrenOf(pkcs7, issuerAndSerial).map((element) => textOf(pkcs7, element));
  const own = wanted && all.find((certificate) => isOf(pkcs7, certificate, wanted));
  return own && pkcs7.subarray(own.start, own.end);
}

const integer = 0x02;
const sequence = 0x30;
const set = 0x31;
/** `certificates [0] IMPLICIT`. */
const certificateSet = 0xa0;

/** Offsets into the bytes: of the whole, and of its content. */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/** TBSCertificate: an optional version, the serial number, the algorithm, the issuer. */
function isOf(bytes: Uint8Array, certificate: Element, [issuer, serial]: readonly string[]): boolean {
  const fields = childrenOf(bytes, firstChild(bytes, certificate));
  const at = fields.findIndex(({ tag }) => tag === integer);
  const [number, , name] = fields.slice(at);
  return at >= 0 && at <= 1 && !!number && !!name && textOf(bytes, number) === serial && textOf(bytes, name) === issuer;
}

function textOf(bytes: Uint8Array, { start, end }: Element): string {
  return bytes.subarray(start, end).join();
}

function firstChild(bytes: Uint8Array, parent: Element | undefined): Element | undefined {
  return parent && elementAt(bytes, parent.content, parent.end);
}

function nextOf(bytes: Uint8Array, { end }: Element): Element | undefined {
  return elementAt(bytes, end);
}

/** A signature has a handful of certificates and fields. */
const mostChildren = 1_000;

function childrenOf(bytes: Uint8Array, parent: Element | undefined): readonly Element[] {
  const children: Element[] = [];
  for (let at = parent?.content ?? 0; parent && at < parent.end && children.length < mostChildren;) {
    const child = elementAt(bytes, at, parent.end);
    if (!child) break;
    children.push(child);
    at = child.end;
  }
  return children;
}

/** Tag, length, content (X.690); tags of one byte and definite lengths are all that DER of this kind has. */
function elementAt(bytes: Uint8Array, start: number, limit = bytes.length): Element | undefined {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || start + 2 > limit) return undefined;
  if (first < 0x80) return within({ tag, start, content: start + 2, end: start + 2 + first }, limit);
  const count = first & 0x7f;
  if (count === 0 || count > 4) return undefined;
  let length = 0;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[start + 2 + index] ?? 0);
  const content = start + 2 + count;
  return within({ tag, start, content, end: content + length }, limit);
}

function within(element: Element, limit: number): Element | undefined {
  return element.end <= limit ? element : undefined;
}
