using BenchmarkDotNet.Attributes;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;

namespace Eigenflow.MicroBenchmarks;

/// <summary>Whole solves of the gradient flow to T = 10⁵ (a = 2), with their set-up.</summary>
[MemoryDiagnoser]
public class FlowBenchmarks
{
    /// <summary>Relative tolerance.</summary>
    [Params(1e-6, 1e-8)]
    public double Tolerance { get; set; }

    /// <summary>d = 1000, every mode carried.</summary>
    [Benchmark]
    public Solution Full() => Solve(1000, ModeRepresentation.Full);

    /// <summary>d = 10⁵, compressed modes.</summary>
    [Benchmark]
    public Solution Compressed() => Solve(100_000, ModeRepresentation.Compressed);

    /// <summary>d = 10¹², typical teacher.</summary>
    [Benchmark]
    public Solution Averaged() => Solve(1_000_000_000_000, ModeRepresentation.Averaged);

    private Solution Solve(long dimension, ModeRepresentation modes) =>
        new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, 2), Teacher = Teacher.Ones() }
            .Solve(new GradientFlow { RelativeTolerance = Tolerance, Until = 1e5, Modes = modes });
}
