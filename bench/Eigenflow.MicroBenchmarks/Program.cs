using BenchmarkDotNet.Running;
using Eigenflow.MicroBenchmarks;

BenchmarkSwitcher.FromAssembly(typeof(RandomBenchmarks).Assembly).Run(args);
