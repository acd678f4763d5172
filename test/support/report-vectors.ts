import type { EventBody, OpenedEvent } from '../../src/domain/report-sealing.js';
import type { ChainedEvent, PlacedEvent } from '../../src/sealing/index.js';

/** A report as it is stored, with the private key of one who reads it and the receipt of its author. */
export interface SealedReport {
  readonly reportId: string;
  readonly keyId: string;
  /** X25519. */
  readonly reader: { readonly publicKey: string; readonly privateKey: string };
  readonly receipt: string;
  readonly sealedKey: string;
  readonly events: readonly ChainedEvent[];
  readonly reply: PlacedEvent & { readonly toReporter: string };
}

export interface OpenedReport {
  readonly dataKey: string;
  readonly events: readonly OpenedEvent[];
  readonly lookupId: string;
  readonly reporterKey: string;
  readonly reply: EventBody;
}

/**
 * Made once with report-by-hand.ts, and never again: a report of today must open tomorrow, in every browser. Keys, digests
 * and what is sealed are base64url.
 */
export const SEALED_REPORT: SealedReport = {
  reportId: '6f9c2c1e-8f0a-4a55-9c0e-0d5b7a1f3e21',
  keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
  reader: {
    publicKey: 'ozHo__R-5O6Z9LXRbPjt4iw_xo45xGRdO8CWmU75mwU',
    privateKey: 'KCi3i6BGERZwZ_ryfzpvEXsqe5N-qPTG9O5jRJowogE',
  },
  receipt: '4V26F-BM9NH-92M3R-H7NA6-Y',
  sealedKey:
    'TBp8YUody1nNlvu4QorzkmTEG1zbocIKbguGukUIKWr3VM3Qo3y8U-jbhsZKHFLl6flwUzYmvFh59IHX2s9-VOufD6IAPAzt6DnXPEmXqCc',
  events: [
    {
      seq: 1,
      kind: 'answer',
      step: 'category',
      at: 1795377600000,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: '64uzuqp-qBEiG4vC5wmz4pTxcEeYwqVIIFntMMsQyBs',
      sealed:
        'edUGKG65hJ4cLHJrc0o3IW-GZV2FxEO5UVOiiOB88qxTegpIwJtGVBSRYIcz-dPoHnhMWZWbb9vwApBAoVmJnSeSEMCdAyW52mJ0WKjaPM_KFzssVdsriaBl7BcixcCLIQPWhgmBd6c5MI3BEb5bCf515aBYUZqWJqBOHldP2TnK3MKOyOIfxtz_IuuQyF3Tq5pfpZxwcTPPt75QqiipnH_XO_8bRVYX_ZXudqO272i0MQEtF0C7-bJH_9iteiuZaD-ZC0EJRc91JYkYbOD7wTYm_GlsmNpsSw70ZbkkzjBoTKPvI-RAcxUm7_R2e_VxI1QIVK_TTdCSDasaY4DB8KsHVHZZ9aUgeG0TXAuJezGWqJKqEUrKFBCJckUE8zdpFo5ZUeajWKKtAP7R6ofO3ww3KIzJXAbLWqPMrWinUSuojN6KddEbwvo8bv6r9yW0Be5dxScC01k8kddamMgkOKcqk5vEmdT6Ib1AZOLvja5jeMKc_SrmuVcQcQ3ZEfKcImqKnOFIqXQzmkiVqwXLjNd7_sT-xAp-bbgfj3CVxc7QMKmQQd3RovmwtkQcjyMJflfTeQxrS28BlDtg3M_v8BaNNQ9PMp4Aniy02pB4G6H6ug7zQd9uBufoKyEXZSjRqOrEL7RCFVSTc5khDR6ahgtMely0-IAk1SxdN8gS3x8sZgYWqf5W8MiPI0BctBwWrvDoz4Yiq3ggqAXb',
    },
    {
      seq: 2,
      kind: 'answer',
      step: 'where',
      at: 1795377661007,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: '-F48NIZ3tbQ0r6dyLXECJ14MjGzBRnXCYPIT50vyFI0',
      sealed:
        'q54enup4R9xqmt0J9-Lz8OGnJE6etjIyn5W2ZtwKN8zK5TxRMwna3WFNCamZKJBwky8tba-KVFh5_YJoCzP95z7fEHhs1bbRkLZh5DBs_J5Wi6vRZ-oYhRQxLJK_aRrdo-bzf7QYkqRH1g82Gu-xraoDcUXBtY3GTroYmbFfUpg8PqCqpy2Y3ojJaPZbidVCKUm7bbY5nXsd5lyI_BzUfIl88K1IzViwOv556W11wQrtv6aeoy-hWO7aGcp_VkhjRlAYEviiE9QWJyTFII10VwgSVT_87-B8KpUMCop3BkGR6PEq8aKQI5NfxHcGreLufzc9Z5br2L2Xf0wEYQpqD78mWsZs1OzHJ-K0kclmeY4uwjE1xUBjueaCoKWiVadNNJuL3SlvaeukSBhwo3XzHjVBvxhp-0ZzGSWaTwTlvp1oRbZ0h2pTF_9VQ7qlo1vba88cteGi_vwLeie4b66ghAAoWxE1PG36NPLAXc9P8qNlCGjHbYCfNGJvoWh93p5IXJ_BmJ6nsEDl2zcE7IFw9YsuhUvPxY3jzD2HPjKcZAueKasPpK9-a_Ty4Dh3lVLQ9PQP1RoT5Ggl0JdYQJGtBJyOkT7_rVUiSl8g6483KceM-3Gf_gSKBt5cXGIv41F5EA1osUtUIUP42r4_qBOP7E9g3UCJJM0nFiyrH-u6Hv0Y49ER2tBjk1NLyCc00DEnEPf_ehPKqTGhchLY',
    },
    {
      seq: 3,
      kind: 'answer',
      step: 'when',
      at: 1795377722014,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: 'VgTNRsLkHo9COIsJ7SsJw-uNfIiSXufPwM3168cAZ-A',
      sealed:
        'rQy0EDjl_ULdh35DF9lNHYdBlcENWKwUG-Hyjnp4LNaCW7DXLk668Ce9sT-CCILOy94ID1qI7XyfvGXd1kacQPejwBIVsbrhH53A4LmbQ4yOMiHmrIcbk120D_-na-RT0zYR_O_drwMiSiwndN-AttrZ5r6A-ow5lWqRql5LP0bY0YCW0ZueIbnOcqUXBqTyOSpNY8gyp3CwigQIFSUIIv593Mqd9KD__i0Udr61gFCNuEg53eTvfwy8PhkvCOWCgD1l42cA5VCLOw06PIHXfB7ilvOSh12qvW9nqiETSO-r5bii4LfSCiOOleSla6kC0mczTSrENjm2H77h3p2dX3g1piDzjdfgqpD9slvGkFCtUl7SzcZaL0xhBjb8Hohdj8XhcGYW_w893xmU15FCdQoJD5W45SN-4w-rYsvKV93oQThDXif_EpICteTlandaZ6Q65oLb2dTewCUBxIJa9G9TrkT7OkBIW1bqjLdKjhWwP4bOEeKfIPHwWH0U2gWr4Pdirbj-BtTyt_lh5h5mMVtvQZTArX8evuy_EqEjZsIaRio7EmzexGqwUQpGv6q-OXnYBtMuHlBDillEHOa3tqGWRyDrlbaVtHMWkSWbTVMRiGYGtk0IDr5WCXDbHuLGQDpJwhgQrouLDUWunkHCgtEetVPrKBD2nf_xzlYsEnS5Dc7GH4U5ZbX1WxwHkoIcF5EpMXgpS6xu7Bgk',
    },
    {
      seq: 4,
      kind: 'answer',
      step: 'what',
      at: 1795377783021,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: 'KaxGH-NNNDy0U66zLddv3Zzn3-ZC1vGoOP_qFdhRO18',
      sealed:
        'NT2Oj94LdGAMOD56vZi1isnKCdtvd1U_z8Wbfcs2oOTCHy3rilBcRvOR9LaL-70EVqLsr8m8Pr1W60mmD8ZLofEDk4kwVV-1oWNdZlCcuZrTqSFMnmevcyRmJfkk87kKX1rsG_4_tfy36tVs3X3NmHKGaJxhw3O1GYisM02PLeF2RZK4FZpu7bmc3E0OlhwgFnC7t5AjkWfRCG5jbt1I7aEoU17QDiXLZ0YO7D8exwi5CJ23gYNtN06bNkBfYAK35Jho0AqBD3EHo0kR26kFY-tvbyGfEBMyBc-TP1AGNNC4O6hIObPT5gt30AI7oj_CuUnsEqTYPdAzUlW8pQAd_mByR9hu4A839AkxM6MuwDI5yYeT9dVq6KXLCxMuOmeDoo5buhu4nO2uZ_ohK3ygP9czoKyfzTXNTv3w0g0Mkk1ilIEc7PWbFngY4IEa_yHIGVLBfYlUdBOk0JZUtNp7F6FHlDEM8C1kHTkO-XgbDfEOFR0VWydeDAUbwuP1vN3i-oJ7RWTXV28VW_UOdtNsJx370_uf1sv52geShkowrMXfAq2tABVJlwPpqASlZeOa2CSzKpS7CKGhvzkbRwb26Zs0HzLaOpEukAxgD2yWuvfvFyFChCaUY5LqmdtIvagOHZzpWUSQSFW4xPxL8ntKWIdPucrJ4B638FuSMPcguVtr00cQrYvXeqIHldwD8_LY4b_k_moCstaclOdwfSoCu5mqs88aWKOgY7Mb7nEhzMLyz0U8a4roVVILJhZEVBejnYR3G0GQW8cZJqGlJgb06TUIZjF-TvTCDXZGp_jfgpp5xoILFQJHi-xH91ArhiFldyAJNpKVkmbBwR8WoqI_3AoA0RN7Asa74MesmXz0h2h-HHbcAIJwlGNYryjw0-JfsBaab9x3jvc3zu_6mRCH08XS-ZLiosPU2kPEFPi_OLk25Kkq-vLRr0kVNqy45UMLrO6GedcgRWXu5TDKqU_28MCn9nGCATn7ffoix0i-Qdbw3qvBZSLselbkY23x6v_pc6gIr2n-sx9hX6T1SYENgKpA8pyPx7JDXtuhqnuKAY5YHA1Wgi-tAb3jKRhXU_iMMdOotgps5IKP53cDM7LkP1Z_skxmZyWCfICXjVBKaIKH7lfCqGiRrnOhz9HoW9rIsWIcd5a-nJncg6DBFxTyZrd-JgjcN4RoMWO5_l3Mk-OPfhqveKng6c9DPMIO-U_5S8uo4ZtJWWgn2IAhblE-oq7lcw4GiLD_zoDIqUnpxN3egM0O69_4_OmkaokwDqDqtb6CCBHi0IYJBPnIymoByFLOko5m8P795N-qCb6iUl3unEvbkSrcsHuMZRtF2zwY2FY8ZNFnvk18dXBW2KhpGGV2VgMDO54tC0klTtb3BKABVMuPHjX_3-Rm8Ao',
    },
    {
      seq: 5,
      kind: 'answer',
      step: 'more',
      at: 1795377844028,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: 'vumT87aYwMYj9sYgaqJpXYveYU6zlZTMmo0UzpT6fz0',
      sealed:
        '-See4HS1JXuQBzum0lAlIx_qNDg2FsHFF65QMKAUNm_lRw5ICPig0UBuAEKFruLal71xGwMyF_J5c5fvCKSnIJrekwMGCWMqPXs6uEKXghlkiLSMn6PRPa6RP7eHy-eZmn_S9CNO4dPoqAbGoAtuxmnpA8C_BWwihx-9J2tHE2uh2HCWMTyZbkRQdp-xdrQnoDBXkV6mlwtsz0bKcdx2L0hdSZ6NmQpakCw3_-V0lJ-aYEmAWy84isXKNXTOYsLZazO3Gkq7yZ9DRpUqSn4cRnBAQInrzGQakRU5lnyoP2DJnUol_ew_sfxosn8G-340H7yMd3Kw_ELEHa2EU_Qrxl7k5K_vKjwgl5l-SCAOX-vr__dByj-Kf-dUuyXufpyQNRXi182XrgbkFxInrksjJ2zQdcY4te7zZuQwQfVNNlRxR7nm_be8PrXglF_aHskH5zhXvt3gcxjiJ76K3_cRiStLt8LM98JhTMu3YbRo_uq8-rn4Bfmr6FeIaH57gy8X_C174QSjHaEx123WoTwGerJ1gm-F4HA1zKt1r_VqfRvHY4G0P2Fy_ynRwqJoNjn7TGmDm6qQ1sI_JVw6eog9BwHi3jO-O9RJ9qzKY_4J8djUC6YFPVFBU2xykDh4OpzI60SqPyhM866eT14k9AYtTKVuf_usqILFqHvYcP6BBncWjPSPpHYgfuvLn-C6Wc8YGKDz4gZXDjsZsfnt',
    },
    {
      seq: 6,
      kind: 'answer',
      step: 'contact',
      at: 1795377905035,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: 'Y6kowvWrSj7Ijlo4kpyhl6qW_wdeA43jgAXNFy43yIU',
      sealed:
        'YBJ116cVPJNalwbu-nlVraYr5I3cOJKepS2cs-XH7NkRJ0i7nlb0cNo0VQdRmNIFGlutIyrjUIrtzOFUBLz-_czZC6l-nV1dzR841DO3pj6F3NnCgtQJN1BODjNBBxUeuE_p0APLdeV-4TVprrRFrzk9heGbjfHbvzw08_LkFc-18ncjeS5GD1pt1AQqMb7FQuiqvsaEKYloK_aOUs9hnsHVtHu8oNx_I_4vZv0j9v9xDxhSxKguygsJe-31g6-mnlNShwBfhlsiUUSBa6BABkrU9M796eM1IqILfXENa3unNgOIhztC0K6SmCFqxMdAtBXb74xuw403So32fnZ6MVWzhcidFCyLKZcIHEDI6SDxvoAKfGPEaOeCOcMb5ft0uGdDivPcCFyaFt2XenQL28EFiyzVCqKZNdDX96RDZ25NXpuRY0JwyDA_Uh7QtplP4Vjl3zHPxkIWxVNJCx4iZ2cUNcOZchepPilREnKJ0JtHdKfL9fGERTOjUpPDQIGg6F5zKGBEMfREoXr3nVNy6bkPfSNxvtsgiRDHRgHIFdGd0UfOSyWdFJVib0B5zkqO0UpC8T-c0NyK4iU9ziOFvz5jWmkOpburee_GmR5IJVsTmipZpPIRJu8gRxP3pw5-Xo_mB_e6VldAUI-ooRifb_pR0OsMVbTg05OYlRFqJvhMAwXzRzonlRMm4uD9lLuVL7l_oqhZhr1z7kNp',
    },
    {
      seq: 7,
      kind: 'submitted',
      at: 1795377966042,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: 'ccbKeFl4pcQq0nXrCjrAzzWL-TFifM9S3u_CUjgpE8k',
      sealed:
        'i9NsA0TLRDINMS5o66knf2fs6a64axkIrSa_jzXZ7P7PkcnwlLrhOJfVfhZLtdFpxFlFMH4P7XVfKvfAZY2BF4fOtR47OXxbMEN0FlyDSoobFx5mG7_LTxpiceIm1EW3N9MW0yCROKJZby5KC6IJKEvG3wjV18aHynRQ8stgDnHHOgQSEcF6lyhBnucGUJAYom7BcYnmjqUyA1D_xLjbCtKXKjZ1bhjkM7IIg35Oe0c5jG8uh_gFUik5ExRsBi52r29PcM3zIMUuv_LdJPPbHFoMx9wXpinanqgi9o9Xkk8-RedBQbAFgoQlsAFRqYFcQV7S_WiA4fHgO-n_Tsh8B8meEOjm5MTKZdC6ObORoiE_0RU2Is-NekLZX4MpWETA3ar8tWUlIAXDFtdGtFXccGkt6mKDmjrM1AHSgc7KerJ7af4h6yewOqWVgHNtSOv0KtrIFozzbF8Wxr3-ReUZsF84JjeM6O33z1pX_Q4PFXD1kgUU48JQ_G4is4JaZbdLMfQ2GY1mti1sZoogoseJhJMsXAFL_4WD-5cSFEvQY_nhnZ6ZnZ7V7Rim-bR-tp8mVxxTNjU-RErl9X0_U8LRId7p1n0Tl_d5TKZyk7PZr3BMFRQqastdQn6meS_za4Sl2VzNNQoQjxHoFYfJmFmSoe9zMUDSoJLQcNu2fUNO2JqjBziMpr9kZ95NuqPhNEmuwYe_wdqeVHq7ojm9',
    },
    {
      seq: 8,
      kind: 'addition',
      at: 1795378027049,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: 'oKZLiIMALrMClxT9sdlxtZMHH21nWmFL2wVX-fKsupA',
      sealed:
        'gcBqem1wnXHFpD45QiJ4DdHj9YsBA5QtwmzrRU3HC6xWbiC54J4kP00Wg9PQZcmwY_TC7YTTHdkUSs2ArnlLtzTkGn-AcD6wXiNMID_z8OUJU0XNYEABfY12w94eByzlLfThqqYNCxQ_ewKlV46RTaWVMm0AeD7b5wyT--38Ie5Jw91Qxz3iILHELToE7yoroGvITKGnBlgaapwBjAjaRu7mZ1YCcdOU-cjCXXJD7YhfrC9E04jHVK8spe10We_HCfo0QXzQaS10v10lHOLJhA072JsD0J_jfQ9kgjhMW0cn63LI8EhtaIO8OnjR5o1U4uadPXKpjT_NmLsPvKUwoz1A33ck3JeraOpooS54q4LA9BYzqht4ioY52q_5ZUUYB_7DqzjV1t4R_GBYhFAdpPfNqSZC1DQ8whL7yLeDHre22L9LpgLK_OO17RyyZXCMdDubMzl4OwsTGHtQinsehueQ2PLCR-4o2f5Dt8gMN0RwlwS2ezcgCQA9W09_Llyo2Hn457QIQcW5aNmZx9ThgHxy7tkjHMtFKBtYw-xOSVtlpUg-omMSIDQA_GYxN2AEy8HYmw7juBh_ZcvvBw4-fEsvPqi9CGk9WmAfZVqXK7sLh4ToqyVvddKaeUlUAGCjejuG8PrqUSLinsUNZUo2mBGfo2olxsOecv4hEP7NJQfVJh4fl3TKisuqib4UoQCStF-LjlssHcAvYlvV',
    },
    {
      seq: 9,
      kind: 'reply',
      author: '9a4e1f70-1c2b-4d3e-8f5a-6b7c8d9e0f11',
      at: 1795378088056,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: 'EopDrkFBDSG8oNYJZYvjo1DntZ-uCoyU6Hxi31Ynh9A',
      sealed:
        'dl6Rg4TPUY_kyxm1Y_dKhqMYxKaEx3LF44SffvPGGUL0W4d5PQaie1Ixpitv4o20zrAbFY9sd-ddb698DpwALYIN-jwOUNVe_uYwfZfQnuAllNIOnQ0X3JnQ-zgSMCbF-jcc_QeK17lGzEbSNEr_I5zbMkK5YIovNq6shz8hobH0xhSRwzK90MDvVQoox5XqR30ct7N8uIxf9ZHgEwHEpCQz9oT-WgHHkxJTy1PecoJH6Dqoym5ijPXEzGcLZfTU5stTWsPfVV9honnMHUZXMo5R8WjXVaf8gBi1tOU_Jh5S6JSrNwmcYnoIzRZ_QO9Ay0haH42UoP5zMB3ACdqsh2nelTy3SzTiGTHc9iJ1J1xWT6C6rnMVZtFcuLT0-vxTS9BdEBssXYVVKr5XZYYOiwNbV3DETWDUiUWtY0JJ-bI0_2THDCgX-4VjjUoZr_94mFz4sTMUyhgsdvZJlccafhc_SHbY532qDOPOq0qQNmDFjg2_AovE8rD3C57sL687a-zterzSWnyf9FuYvjUUpAKl7JG7dXPC2QiDAk5zDERYOlXLZUKBaA_7cb913vmC2UM6w3XBTPxkwdkBcaO-3mTjKUaXAWF5eXuhMOGqWSRBJaQq2UKRWDk2R9U-ao4lPp8mN83-xbNOB-8qLLXhaiYuCdcEXLhSrWHxfHmeEuU_CQR4Wr9QjnxpnHa0ZXJzwu6vqfo8axYYMvmS',
    },
    {
      seq: 10,
      kind: 'note',
      author: '9a4e1f70-1c2b-4d3e-8f5a-6b7c8d9e0f11',
      at: 1795378149063,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: 'Irl38ewPwuUattq-6VvbMN5hXojdRZUY8Fgsq5uPNpE',
      sealed:
        'ps8ipIB9x3PUHsqNGe7ya59v-NCg1mMM73jGhEP6csumy6ma9FBZGXCQy_WcpIIdm8N0FQm4iRbmNb7oGBJem5-6Xw9NMKMXxzwqg42SZbZzDqCeRHXi1iojB0Qz0ZhBcZzm7pBqonaUqSRhh5QpcuNbdFvhRDxyufhERd6axhBCeTavMx_6HFgA37pZW2gfzemN9yax8IoWhDF90xLBuQe7K0N3CWGDitf_BR4Y1-1Of99L-f0SBbWM99pcr-nTg8Jb0NLedCC_Y29x7x4mqgxVETHJmEBXMQrrZGWxnEH1pXMl1t2E46tE775ZcuXvUfcuLMkxzMvEpPuAYl1j6qa7x2HT-HqryQ5fIuA_X4Pds80U8SR2srNEB8ipyuDcYx8Qs5d35Z0Sf91dCT0B0a5NymN6FwGQQn5NU7-RrmIeq1NmJJOP66PbPBNGqFro3Uz2cREWz42YHEr9wlz122Ji7YRLXN9z0d1JhjXYKee1Aqdz-fT2Fr8Gex3VkbBVQ5Tow8lDyflT3fAD-9BU8VVIPNirX4yQCnJIsqgOHnuQ7nC1QgMA3rp5EqjE5C7V-a42mJQJLXXbjrKzwiicuHYNr4GjG-W3Be4lCAGlAjWXodn074FPi9l1TQBYRsLeAq4iNS5uRqCefmq784ORd3I8zeyjFHgmICJBHfE7WRi5cLzWIbWJOW63HGeFjfEu6imAfTe1YQ9QWrG5',
    },
    {
      seq: 11,
      kind: 'status',
      author: '9a4e1f70-1c2b-4d3e-8f5a-6b7c8d9e0f11',
      at: 1795378210070,
      keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
      digest: 'gOosUCx4701vBjioPYZ4m4nFWiJTAVtS2Dab_lx-cGc',
      sealed:
        'tjpCrapI_M6mY8t8-io2nqxNUmHjQ7nt7LaPeul4EefsWGdmfAGZsLpmTR3FlLxOfV7ZOwYi2LR5ryeWpl8AEo48oRM62whXrUaJugLX1gJBruBgdsJ7EyX9bkIbUVKu1wfIPJsHvwIB1crB7ywbbe9EeIN1LLXQOeIqAI-iVG_8qHK8V2oqOC0KNRaF1K3F-aXBkyFkdPbxrBzY6A7HxXJnQTIqj_5zydI_OFEgtqZKOsV8DGAQcOOZoOBaj9B9-WbJbo1PtbbIyvx4rLzy1fuWD4DMAofh1ygv-R3PEJAaBwMihFkjJxPB5Bj6zvbuYXfgowlEy_tf2K7h7Sr1LvbeW-ZRtA6laKXo-48yk_zE0p_FXaLwfTqz0j3Ao2ICzycgxQ0RoRPsS8sQdLYXSU8L-Zl6hrPlwuhI5v9hJqUeINUyZ8uftPRgR7hYClxJO3EXGpnNFqTYdshXoLcyd_BeYoo6k960Zb_29aJPP5fOl5pa6m_-6UFn2xyi6Y5smLYTCefDjBoeBPuM-lOG08jaf0i3prOUVhIYDCA8IkXfssWUbLWMr3NWit6aDbURUxsGUNNAPyRuIjTShKbQFBpNUUCQAton5mK2A9FoKXMOQTN6Yhqb9ZGbriRWgBKev0IOagxkzs3r0zpnrNTAEWQN0sPiTkjagAK7oFrzA8ADxoAdY2hn1RyzsUlwyPLbAMT_a6UVYduUh3P8',
    },
  ],
  reply: {
    seq: 9,
    kind: 'reply',
    author: '9a4e1f70-1c2b-4d3e-8f5a-6b7c8d9e0f11',
    at: 1795378088056,
    keyId: '2b1d7c64-53a7-4d0c-8a39-5c1f0e9b7d42',
    toReporter:
      'eoJWJBhCrLBs7r_R4J6jS9RLMeN4K91q19R_gWr2egDqUAnCj1MfiMG1CvnW6xDC-0lLqBxfEofaLw_9lbY2vUbR7bPYq6ATKmYYN2y2c1yX1pggqG_5m3xDxu4g_5X6sT43ZM_Sh_h8Hy5WD7aKzaJmRDjrmaqU0rHUMdND6E2B97npjKOnvh6XkWmPf4vjg8TXjA83onSkY5p5MjV9wMyaZ0MSljI1Iht8uSth1AS4v1K2AK-He4qcO6z1xv6lSAgYs0D6iC75-_hdl0ctw_rdXJuTKuqPMOAOMqFGP26pXcRa8wGSfa8PJjpmL6Nbtew671DVqtkEPPW6X_57EmvCguJp4WZOGp6ESS8-r4vx-a6eRW-0umjs_5eKmbsXKGd3uKWU0U1EZCy9NEHy2JgRu8jN9vrYNjmVLbWabF1d_3lgZ5xOGkmuDmh6Yy6BRe2Nlw23KfFZN3zCq1jt6rRFsJOxYXiD7tJnr3zq6LlclnFMrW3U-YGSzGTpgQ4C04M3VGLfvCJY01M9WDCIIarhiZjc_6_bM1pcdDM9wd2v9lQwpzBR7AxSSuL57e9H7btLpGlVywAcDe6kT7ipMuAoqJL8kVIZyNd3f7ZqJSdHt2n3MBnQSv69c-q21uzeD5ZxYOXMIvtS9UulBpeHT_W910xGkI9hkH7-3FCE1owUlgSjWlkpUo_OsnYgLL1Z_eOPU26f51zru8loaYWUoElAXuNjwt2QiWkoXuLHE5A',
  },
};

export const OPENED_REPORT: OpenedReport = {
  dataKey: 'Blh9nZdaMi9BgKG4WI1l5djnwMAfTMHQCx2HInfkgY4',
  events: [
    {
      body: {
        step: 'category',
        category: 'traffic',
      },
      previous: '',
    },
    {
      body: {
        step: 'where',
        text: 'Rue de Picardie, devant l’école — côté parking 🅿️',
        position: {
          latitude: 47.2256,
          longitude: 5.9662,
        },
      },
      previous: '64uzuqp-qBEiG4vC5wmz4pTxcEeYwqVIIFntMMsQyBs',
    },
    {
      body: {
        step: 'when',
        moment: {
          text: 'hier soir vers 22 h',
          words: 'dimanche 22 novembre, vers 22 h',
          from: '2026-11-22',
          to: '2026-11-22',
          time: '22:00',
        },
      },
      previous: '-F48NIZ3tbQ0r6dyLXECJ14MjGzBRnXCYPIT50vyFI0',
    },
    {
      body: {
        step: 'what',
        text: 'Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours. Des motos sans plaque font des allers et retours.',
      },
      previous: 'VgTNRsLkHo9COIsJ7SsJw-uNfIiSXufPwM3168cAZ-A',
    },
    {
      body: {
        step: 'more',
        isSkipped: true,
      },
      previous: 'KaxGH-NNNDy0U66zLddv3Zzn3-ZC1vGoOP_qFdhRO18',
    },
    {
      body: {
        step: 'contact',
        contact: {
          kind: 'named',
          firstName: 'Zoé',
          phone: '06 00 00 00 00',
        },
      },
      previous: 'vumT87aYwMYj9sYgaqJpXYveYU6zlZTMmo0UzpT6fz0',
    },
    {
      body: {
        submitted: [
          '64uzuqp-qBEiG4vC5wmz4pTxcEeYwqVIIFntMMsQyBs',
          '-F48NIZ3tbQ0r6dyLXECJ14MjGzBRnXCYPIT50vyFI0',
          'VgTNRsLkHo9COIsJ7SsJw-uNfIiSXufPwM3168cAZ-A',
          'KaxGH-NNNDy0U66zLddv3Zzn3-ZC1vGoOP_qFdhRO18',
          'vumT87aYwMYj9sYgaqJpXYveYU6zlZTMmo0UzpT6fz0',
          'Y6kowvWrSj7Ijlo4kpyhl6qW_wdeA43jgAXNFy43yIU',
        ],
      },
      previous: 'Y6kowvWrSj7Ijlo4kpyhl6qW_wdeA43jgAXNFy43yIU',
    },
    {
      body: {
        text: 'Ils sont revenus ce matin.',
      },
      previous: 'ccbKeFl4pcQq0nXrCjrAzzWL-TFifM9S3u_CUjgpE8k',
    },
    {
      body: {
        text: 'Merci : une patrouille passera en fin de semaine.',
      },
      previous: 'oKZLiIMALrMClxT9sdlxtZMHH21nWmFL2wVX-fKsupA',
    },
    {
      body: {
        text: 'À revoir avec la mairie.',
      },
      previous: 'EopDrkFBDSG8oNYJZYvjo1DntZ-uCoyU6Hxi31Ynh9A',
    },
    {
      body: {
        status: 'in-progress',
        text: 'Nous nous en occupons.',
      },
      previous: 'Irl38ewPwuUattq-6VvbMN5hXojdRZUY8Fgsq5uPNpE',
    },
  ],
  lookupId: 'r18_NwDTkBlN7sizfoPQHG5s5gsBsLTpmnYeGo6Xpo4',
  reporterKey: 'FIXC6CNfbcE83FMKUDw528MJ8JbFUKuleGnLO6fy2n0',
  reply: {
    text: 'Merci : une patrouille passera en fin de semaine.',
  },
};
