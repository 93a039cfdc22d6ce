// A real file system that is small, for what happens when it is full: a tmpfs of its own, which needs the rights to mount.
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const MIB = 2 ** 20

export class SmallDisk {
  readonly path: string

  private constructor(path: string) {
    this.path = path
    mkdirSync(join(path, 'ballast'))
  }

  /** @returns undefined where this process may not mount one */
  static mount(
    path: string,
    { mebibytes, files }: { mebibytes: number; files: number },
  ): SmallDisk | undefined {
    mkdirSync(path)
    const options = `size=${mebibytes}m,nr_inodes=${files}`
    const result = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path])
    return result.status === 0 ? new SmallDisk(path) : undefined
  }

  /** Until no byte more fits. */
  fill(): void {
    const file = openSync(join(this.path, 'ballast', 'bytes'), 'a')
    try {
      for (let size = MIB; size >= 1; size = Math.floor(size / 4)) this.#fillWith(file, size)
    } finally {
      closeSync(file)
    }
  }

  /** Until no file more can be made. */
  useAllFiles(): void {
    const isRoom = (count: number): boolean => {
      try {
        closeSync(openSync(join(this.path, 'ballast', `file-${count}`), 'w'))
        return true
      } catch {
        return false
      }
    }
    let count = 0
    while (isRoom(count)) count++
  }

  free(): void {
    const folder = join(this.path, 'ballast')
    for (const name of readdirSync(folder)) unlinkSync(join(folder, name))
  }

  unmount(): void {
    spawnSync('umount', [this.path])
    rmSync(this.path, { recursive: true, force: true })
  }

  #fillWith(file: number, size: number): void {
    const block = Buffer.alloc(size)
    try {
      while (writeSync(file, block) === size);
    } catch {
      // Full, for blocks of this size.
    }
  }
}
