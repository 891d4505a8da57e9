export { createMqttTransport, type MqttTransportOptions } from './server.ts'
