export { httpDeviceApi } from './server.ts'
