using Eigenflow.Numerics.Dense;
using Eigenflow.Random;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics;

public sealed class JointDiagonalisationTests
{
    private const int Size = 12;
    private static readonly double[] Weights = [0.2, 0.5, 0.3];

    [Theory]
    [InlineData(Size)]
    [InlineData(Size - 1)]
    public void MatricesThatCommuteBecomeDiagonal(int window)
    {
        var matrices = Commuting(Turns(40, farthest: Size));
        var before = Norm(matrices);
        var basis = JointDiagonalisation.Rotate(matrices, Weights, Size, window);

        // Turns with a sine below 1e-9 are not made any more.
        Off(matrices).ShouldBeLessThan(1e-17 * before);
        Norm(matrices).ShouldBe(before, 1e-12 * before);
        MustBeOrthonormal(basis);
    }

    [Fact]
    public void ALimitedWindowUndoesRotationsOfNeighbours()
    {
        // Small turns of disjoint pairs, which is what nearly equal eigenvalues leave.
        var matrices = Commuting([.. Enumerable.Range(0, Size / 2).Select(pair => (2 * pair, (2 * pair) + 1, 0.3 + (0.1 * pair)))]);
        Off(matrices).ShouldBeGreaterThan(0.01 * Norm(matrices));
        JointDiagonalisation.Rotate(matrices, Weights, Size, 1);
        Off(matrices).ShouldBeLessThan(1e-17 * Norm(matrices));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Size)]
    public void WhatIsOffTheDiagonalNeverRises(int window)
    {
        // Matrices that share no basis at all.
        double[][] matrices = [.. Enumerable.Range(0, 3).Select(i => Commuting(Turns(60 + (40 * i), farthest: Size))[i])];
        var (off, norm) = (Off(matrices), Norm(matrices));
        MustBeOrthonormal(JointDiagonalisation.Rotate(matrices, Weights, Size, window));
        Off(matrices).ShouldBeLessThan(off);
        Norm(matrices).ShouldBe(norm, 1e-12 * norm);
        var reached = Off(matrices);

        // Where it ends no pair within the window can lower it.
        JointDiagonalisation.Rotate(matrices, Weights, Size, window);
        Off(matrices).ShouldBe(reached, 1e-9 * reached);
    }

    private static (int First, int Second, double Angle)[] Turns(int count, int farthest)
    {
        var angles = new double[count];
        GaussianGenerator.Fill(new GaussianAddress(5, 0, count, 0), 0, angles);
        return [.. angles.Select((angle, i) => (i * 7 % Size, ((i * 7 % Size) + 1 + (i * 5 % (farthest - 1))) % Size, angle))];
    }

    private static double[][] Commuting((int First, int Second, double Angle)[] turns)
    {
        double[][] matrices = [.. Enumerable.Range(0, 3).Select(_ => new double[Size * Size])];
        for (var i = 0; i < matrices.Length; i++)
        {
            for (var k = 0; k < Size; k++)
                matrices[i][(k * Size) + k] = 1 + (((5 * i) + 3 + (k * ((2 * i) + 1))) % 11);
            foreach (var (first, second, angle) in turns)
                Turn(matrices[i], first, second, angle);
        }

        return matrices;
    }

    private static void Turn(double[] matrix, int p, int q, double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        for (var k = 0; k < Size; k++)
            (matrix[(p * Size) + k], matrix[(q * Size) + k]) = ((cosine * matrix[(p * Size) + k]) + (sine * matrix[(q * Size) + k]), (cosine * matrix[(q * Size) + k]) - (sine * matrix[(p * Size) + k]));
        for (var k = 0; k < Size; k++)
            (matrix[(k * Size) + p], matrix[(k * Size) + q]) = ((cosine * matrix[(k * Size) + p]) + (sine * matrix[(k * Size) + q]), (cosine * matrix[(k * Size) + q]) - (sine * matrix[(k * Size) + p]));
    }

    private static double Norm(double[][] matrices) => matrices.Select((matrix, i) => Weights[i] * matrix.Sum(value => value * value)).Sum();

    private static double Off(double[][] matrices) => matrices.Select((matrix, i) => Weights[i] * matrix.Where((_, k) => k % (Size + 1) != 0).Sum(value => value * value)).Sum();

    private static void MustBeOrthonormal(double[] basis)
    {
        for (var p = 0; p < Size; p++)
        {
            for (var q = 0; q < Size; q++)
                Enumerable.Range(0, Size).Sum(k => basis[(p * Size) + k] * basis[(q * Size) + k]).ShouldBe(p == q ? 1 : 0, 1e-12);
        }
    }
}
