using Eigenflow.Random;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Drawn weights in leaves of modes: the same moments as a pass over all modes, whatever was kept before.</summary>
public sealed class DrawnLeavesTests
{
    /// <summary>Every moment of the problem is that of a pass over all modes: a start that is given as numbers has no leaves.</summary>
    [Theory]
    [InlineData(300_001, 2, 0)]
    [InlineData(400_000, 0.6, 1.1)]
    [InlineData(262_144, 5, 0.3)]
    [InlineData(200_003, 0, 0)]
    public void LeavesGiveTheMomentsOfAllModes(int dimension, double exponent, double source)
    {
        var drawn = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, exponent), Teacher = Teacher.Gaussian(3, source), Start = Start.Gaussian(4) };
        var numbers = new double[dimension];
        drawn.Start.Fill(0, dimension, numbers);
        var given = drawn with { Start = Start.FromValues(numbers) };
        DrawnLeaves.Of(drawn, default).ShouldNotBeNull();
        DrawnLeaves.Of(given, default).ShouldBeNull();
        var (own, expected) = (drawn.Modes(ModeRepresentation.Compressed), given.Modes(ModeRepresentation.Compressed));
        for (var order = 0; order <= 3; order++)
        {
            var (left, right) = (own.Moments(order), expected.Moments(order));
            var size = Math.Sqrt(right.Start * right.Teacher);
            left.Start.ShouldBe(right.Start, 1e-12 * right.Start);
            left.Cross.ShouldBe(right.Cross, 1e-12 * size);
            left.Teacher.ShouldBe(right.Teacher, 1e-12 * right.Teacher);
        }

        // Late in the relaxation the slowest modes alone are left.
        var rate = 300 / expected.Eigenvalues[^1];
        own.SumOverModes(value => Math.Exp(-rate * (value - expected.Eigenvalues[^1]))).ShouldBe(expected.SumOverModes(value => Math.Exp(-rate * (value - expected.Eigenvalues[^1]))), 1e-9);
    }

    /// <summary>What is kept from other dimensions and seeds changes no bit.</summary>
    [Fact]
    public void WhatIsKeptChangesNoNumber()
    {
        double[] Solve(int dimension) => new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, 1.7), Teacher = Teacher.Gaussian(91), Start = Start.UnitSphere(92) }.Modes(ModeRepresentation.Compressed).Start;
        var first = Solve(200_000);
        for (var seed = 0; seed < 8; seed++)
            GaussianLeaves.Of(new GaussianAddress((ulong)seed, 1, 0, 0), null).Prepare(3 * ModeLeaves.Size, default);
        _ = Solve(150_000);
        _ = Solve(330_000);
        Solve(200_000).ShouldBe(first);
    }

    /// <summary>A pass that is cancelled keeps what it made, and the next one goes on.</summary>
    [Fact]
    public void CancelledPassesGoOn()
    {
        var leaves = GaussianLeaves.Of(new GaussianAddress(77, 2, 0, 0), new GaussianAddress(78, 1, 0, 0));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => leaves.Prepare(20 * ModeLeaves.Size, cancelled.Token));
        leaves.Prepare(20 * ModeLeaves.Size, default);
        var numbers = new double[ModeLeaves.Size];
        GaussianGenerator.Fill(new GaussianAddress(77, 2, 0, 0), 19 * ModeLeaves.Size, numbers);

        // The weights of a column sum to that of its modes.
        leaves.Weights(19, false)[..ModeLeaves.NodeCount].ToArray().Sum().ShouldBe(numbers.Sum(number => number * number), 1e-9);
    }
}
