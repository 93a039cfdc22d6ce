// Members of a group in a process of their own, until its standard input ends; then what they were handed out, in one line.
import { once } from 'node:events'
import { GroupMembers, type MembersOptions } from './group-members.ts'

const members = new GroupMembers(JSON.parse(process.argv[2] ?? '') as MembersOptions)
process.stdin.resume()
await once(process.stdin, 'end')
// Before they are closed: what comes while others go is another question.
console.log(JSON.stringify(members.handOuts))
await members.close()
