export { createMqttTransport } from './server.ts'
