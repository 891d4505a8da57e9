import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** Below the ports that systems give to outgoing connections, one of which could have it before its server listens. */
const range = { from: 20_000, to: 32_000 }
const tries = 50

/** A port of the range that is free and was not given to anybody here before; where all are taken, one of the system's choice. */
const choosing = (isFree: (port: number) => Promise<boolean>, ofSystem: () => Promise<number>) => {
  const given = new Set<number>()
  return async (): Promise<number> => {
    for (let left = tries; left > 0; left--) {
      const port = range.from + Math.floor(Math.random() * (range.to - range.from))
      if (given.has(port)) continue
      given.add(port)
      if (await isFree(port)) return port
    }
    return ofSystem()
  }
}

/** Whether a listener can be opened on the port of all addresses, as a server of ours would. */
export const isPortFree = (port: number, host = '0.0.0.0') =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })

/** Whether a UDP socket can be bound to the port of all addresses. */
export const isUdpPortFree = (port: number, host = '0.0.0.0') =>
  new Promise<boolean>((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => socket.close(() => resolve(false)))
    socket.bind(port, host, () => socket.close(() => resolve(true)))
  })

const portOfSystem = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

const udpPortOfSystem = () =>
  new Promise<number>((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', reject)
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })

/** A TCP port that nobody listens on at this moment, and that stays free until somebody does. */
export const freePort = choosing(isPortFree, portOfSystem)

/** The same for UDP. */
export const freeUdpPort = choosing(isUdpPortFree, udpPortOfSystem)
