#!/usr/bin/env node
'use strict';
// Any Node reads this file, also one that is too old to read the program. So its syntax is old, too.
var wanted = 20;
if (parseInt(process.versions.node, 10) >= wanted) {
  require('./start.cjs');
} else {
  process.stderr.write('tensorseed: Node ' + wanted + ' or newer is needed, got ' + process.version + '\n');
  process.exitCode = 1;
}
