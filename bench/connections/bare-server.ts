// The baseline of connections.ts: keeps sockets, and reads what comes.
import { type AddressInfo, createServer } from 'node:net'

const server = createServer((socket) => {
  socket.on('data', () => {})
  socket.on('error', () => {})
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit(0))
