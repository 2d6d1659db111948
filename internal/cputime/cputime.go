// Package cputime measures the processor time of this process, for the tests
// that hold the cost of an input to its length: unlike the clock it does not run
// on while other processes have the machine.
package cputime
