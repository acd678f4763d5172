/** All values are hexadecimal. */
export interface HpkeVector {
  readonly name: string;
  readonly aeadId: 1 | 2;
  readonly info: string;
  readonly ikmE: string;
  readonly skEm: string;
  readonly ikmR: string;
  readonly skRm: string;
  readonly pkRm: string;
  readonly enc: string;
  readonly sharedSecret: string;
  readonly key: string;
  readonly baseNonce: string;
  readonly exporterSecret: string;
  readonly text: string;
  /** In their sequence, from 0. */
  readonly messages: readonly { readonly aad: string; readonly sealed: string }[];
  readonly exported: readonly { readonly context: string; readonly value: string }[];
}

/**
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, mode base. The appendix of RFC 9180 has AES-128-GCM only; the suite of reports is
 * in the file of vectors that was published with it (github.com/cfrg/draft-irtf-cfrg-hpke, test-vectors.json).
 */
export const HPKE_VECTORS: readonly HpkeVector[] = [
  {
    name: 'RFC 9180, A.1.1 (AES-128-GCM)',
    aeadId: 1,
    info: '4f6465206f6e2061204772656369616e2055726e',
    ikmE: '7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234',
    skEm: '52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736',
    ikmR: '6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037',
    skRm: '4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8',
    pkRm: '3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d',
    enc: '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431',
    sharedSecret: 'fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc',
    key: '4531685d41d65f03dc48f6b8302c05b0',
    baseNonce: '56d890e5accaaf011cff4b7d',
    exporterSecret: '45ff1c2e220db587171952c0592d5f5ebe103f1561a2614e38f2ffd47e99e3f8',
    text: '4265617574792069732074727574682c20747275746820626561757479',
    messages: [
      {
        aad: '436f756e742d30',
        sealed: 'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
      },
      {
        aad: '436f756e742d31',
        sealed: 'af2d7e9ac9ae7e270f46ba1f975be53c09f8d875bdc8535458c2494e8a6eab251c03d0c22a56b8ca42c2063b84',
      },
    ],
    exported: [
      { context: '', value: '3853fe2b4035195a573ffc53856e77058e15d9ea064de3e59f4961d0095250ee' },
      { context: '00', value: '2e8f0b54673c7029649d4eb9d5e33bf1872cf76d623ff164ac185da9e88c21a5' },
      {
        context: '54657374436f6e74657874',
        value: 'e9e43065102c3836401bed8c3c3c75ae46be1639869391d62c61f1ec7af54931',
      },
    ],
  },
  {
    name: 'the file of vectors of RFC 9180 (AES-256-GCM)',
    aeadId: 2,
    info: '4f6465206f6e2061204772656369616e2055726e',
    ikmE: '2cd7c601cefb3d42a62b04b7a9041494c06c7843818e0ce28a8f704ae7ab20f9',
    skEm: '179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11',
    ikmR: 'dac33b0e9db1b59dbbea58d59a14e7b5896e9bdf98fad6891e99d1686492b9ee',
    skRm: '497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d',
    pkRm: '430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c',
    enc: '6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256',
    sharedSecret: '3101c54c3a4f87439eaac080699ed9bbcc726ffe44e860c0424ccb7e3e2ead7b',
    key: 'f50b0609186798729ed0564b36ef2ef8044f1f9d05636874d1f46c819c7a669f',
    baseNonce: '151d9929e2449747889bc923',
    exporterSecret: '86017151bbff6a1940e8abae2ac9e0e7032e33df1eaaecc02ca6259b130d62df',
    text: '4265617574792069732074727574682c20747275746820626561757479',
    messages: [
      {
        aad: '436f756e742d30',
        sealed: 'e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a',
      },
      {
        aad: '436f756e742d31',
        sealed: '2c43aff25343fdbff864506f0818b9d87df84ea01b1a2144d23b4d40c26bf655fdf197fe40297a8aebeed5cc2d',
      },
    ],
    exported: [
      { context: '', value: 'ded6cffafaea6b812cbf3e241e88332adbc077aca81512914213810ee291770a' },
      { context: '00', value: '04d3cb6cc116b28ffd22ad5bc276c60d31fec71ceb87ae24db811c64b7507339' },
      {
        context: '54657374436f6e74657874',
        value: '7c5ded445732c14fe09727d29b4251c0fd38455fe8440571e687f0886aac94d2',
      },
    ],
  },
];
