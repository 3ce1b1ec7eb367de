// @ts-check
// Downloads MongoDB for this platform into the folder named by the first argument, and prints the path of mongod. It is a program of
// its own because its package needs a newer Node than setup may be running on.
import { MongoBinary } from 'mongodb-memory-server-core';

process.stdout.write(await MongoBinary.getPath({ downloadDir: process.argv[2] ?? '.', systemBinary: '' }));
