#!/usr/bin/env node
import { toldAgain } from './again.ts'

/*
 * Where the process begins. This is bundled by itself and loaded by Node's old way of loading, which is the quicker
 * one; the program proper is loaded if there is anything to do.
 */

if (!toldAgain()) import('./main.ts')
