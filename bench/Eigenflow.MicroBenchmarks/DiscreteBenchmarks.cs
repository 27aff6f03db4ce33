using BenchmarkDotNet.Attributes;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;

namespace Eigenflow.MicroBenchmarks;

/// <summary>Steps of online SGD and of gradient descent; the set-up of a solve is spread over its steps.</summary>
[MemoryDiagnoser]
public class DiscreteBenchmarks
{
    private const int Steps = 20_000;
    private PhaseRetrievalProblem problem = new();

    /// <summary>Number of modes d.</summary>
    [Params(100, 1000, 10_000)]
    public int Dimension { get; set; }

    /// <summary>Makes the problem.</summary>
    [GlobalSetup]
    public void Setup() => problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, 2), Teacher = Teacher.Ones(), Start = Start.Alternating() };

    /// <summary>One SGD step, batch 1, double precision.</summary>
    [Benchmark(OperationsPerInvoke = Steps)]
    public Solution SgdStep() => problem.Solve(new OnlineSgd { LearningRate = 1e-4, AtSteps = [Steps], Replicas = 1, Threads = 1 });

    /// <summary>One SGD step, batch 1, single precision.</summary>
    [Benchmark(OperationsPerInvoke = Steps)]
    public Solution SgdStepFloat() =>
        problem.Solve(new OnlineSgd { LearningRate = 1e-4, AtSteps = [Steps], Replicas = 1, Threads = 1, Precision = SamplingPrecision.Single });

    /// <summary>One step of gradient descent on all modes.</summary>
    [Benchmark(OperationsPerInvoke = Steps)]
    public Solution DescentStep() => problem.Solve(new GradientDescent { LearningRate = 1e-2, AtSteps = [Steps], Modes = ModeRepresentation.Full });

    /// <summary>One step of gradient descent on compressed modes.</summary>
    [Benchmark(OperationsPerInvoke = Steps)]
    public Solution DescentStepCompressed() => problem.Solve(new GradientDescent { LearningRate = 1e-2, AtSteps = [Steps], Modes = ModeRepresentation.Compressed });
}
