// @ts-expect-error -- an ES module, which becomes a part of one file that can be required
export { errors, importJWK, jwtVerify } from 'jose';
