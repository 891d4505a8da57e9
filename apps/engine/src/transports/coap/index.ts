export { createCoapTransport } from './server.ts'
