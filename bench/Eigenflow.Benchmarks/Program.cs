using BenchmarkDotNet.Running;
using Eigenflow.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(RandomBenchmarks).Assembly).Run(args);
