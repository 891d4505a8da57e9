export { type CoapParts, readCoap, writeCoap } from './message.ts'
export { type CoapResource, type CoapVerdict, coapCode, judgeCoap, spokenCode } from './oracle.ts'
export { spoiltCoap } from './spoil.ts'
