using Eigenflow.Numerics.Dense;
using Eigenflow.Random;
using Eigenflow.Systems.RaoBlackwellDiffusion;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion;

/// <summary>Groups and their posterior means against brute force, and at the ends of their ranges.</summary>
public sealed class GroupTests
{
    public static TheoryData<string, int> Groups() => new()
    {
        { "signs", 3 }, { "global-sign", 3 }, { "cyclic", 3 }, { "cyclic:5", 2 }, { "dihedral:4", 2 }, { "so2", 2 }, { "o2", 2 }, { "so3", 3 }, { "o3", 3 }, { "permutation", 3 }, { "permutation*so2", 2 }, { "permutation*o3", 3 },
    };

    [Theory]
    [MemberData(nameof(Groups))]
    public void MeansAreThoseOfManyDraws(string name, int columns)
    {
        var (group, a, f) = Inputs(name, columns);
        var (mean, sum, image, normals) = (new double[a.Length], new double[a.Length], new double[a.Length], new double[group.Normals]);
        var logarithm = group.Of(a).Mean(f, mean);
        var (total, squares, nearest) = (0.0, 0.0, double.NegativeInfinity);
        const int Draws = 60_000;
        for (var k = 0; k < Draws; k++)
        {
            GaussianGenerator.Fill(new GaussianAddress(5, 0, 0, k), 0, normals);
            group.Apply(normals, a, image);
            var product = Vectors.Dot(f, image);
            nearest = Math.Max(nearest, product);
            var weight = Math.Exp(product);
            (total, squares) = (total + weight, squares + (weight * weight));
            for (var j = 0; j < sum.Length; j++)
                sum[j] += weight * image[j];
        }

        // Relative error of a sum of weights, times a few.
        var error = 6 * Math.Sqrt(squares) / total;
        error.ShouldBeLessThan(0.1, "the test can tell");
        Math.Log(total / Draws).ShouldBe(logarithm, error);
        for (var j = 0; j < sum.Length; j++)
            (sum[j] / total).ShouldBe(mean[j], error * Math.Sqrt(Vectors.Dot(a, a)));
        group.Of(a).Nearest(f, image);
        Vectors.Dot(f, image).ShouldBeGreaterThanOrEqualTo(nearest - 1e-9);
        Vectors.Dot(image, image).ShouldBe(Vectors.Dot(a, a), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void DesignsAverageFourthPowersAsTheGroupDoes(string name, int columns)
    {
        var (group, a, f) = Inputs(name, columns);
        var (image, moved, normals) = (new double[a.Length], new double[a.Length], new double[group.Normals]);
        group.ApplyDesign(0, a, image);
        image.ShouldBe(a, 1e-14);
        double[] averages = new double[4];
        for (var draw = 0; draw < averages.Length; draw++)
        {
            // An average over a design does not change when its vector is moved.
            GaussianGenerator.Fill(new GaussianAddress(6, 0, 0, draw), 0, normals);
            group.Apply(normals, a, moved);
            for (var k = 0; k < group.DesignSize; k++)
            {
                group.ApplyDesign(k, moved, image);
                var product = Vectors.Dot(f, image);
                averages[draw] += (product + (product * product) + Math.Pow(product, 3) + Math.Pow(product, 4)) / group.DesignSize;
            }
        }

        averages.ShouldAllBe(average => Math.Abs(average - averages[0]) <= 1e-10 * Math.Abs(averages[0]));
    }

    [Theory]
    [InlineData("cyclic", 3, 1.5)]
    [InlineData("cyclic:5", 2, 0.8)]
    [InlineData("so2", 2, 0.8)]
    [InlineData("so2", 2, 3)]
    [InlineData("so3", 3, 1.2)]
    [InlineData("so3", 3, 2.5)]
    public void ProposalsHaveTheDensityThatTheySay(string name, int columns, double width)
    {
        // E_q[f/q] over proposals is the Haar mean of f.
        var (group, a, f) = Inputs(name, columns);
        var (image, mean, normals) = (new double[a.Length], new double[a.Length], new double[group.Normals]);
        var expected = group.Of(a).Mean(f, mean);
        var (sum, squares) = (0.0, 0.0);
        const int Draws = 40_000;
        for (var k = 0; k < Draws; k++)
        {
            GaussianGenerator.Fill(new GaussianAddress(7, 0, 0, k), 0, normals);
            var value = Math.Exp(-group.ApplyNear(normals, width, a, image)) * Math.Exp(Vectors.Dot(f, image));
            (sum, squares) = (sum + value, squares + (value * value));
        }

        var error = 5 * Math.Sqrt(squares) / sum;
        Math.Log(sum / Draws).ShouldBe(expected, error);
        error.ShouldBeLessThan(0.2, "the test can tell");
    }

    [Fact]
    public void ShiftsByTransformsAreThoseByProducts()
    {
        double[] a = [.. Enumerable.Range(0, 100).Select(k => Math.Sin((0.7 * k) + (0.01 * k * k)))], f = [.. Enumerable.Range(0, 100).Select(k => Math.Cos(1.1 * k))], mean = new double[100], expected = new double[100], weights = new double[100], image = new double[100];
        var group = new CyclicShifts(100);
        var logarithm = group.Of(a).Mean(f, mean);
        for (var s = 0; s < 100; s++)
        {
            group.ApplyDesign(s, a, image);
            weights[s] = Vectors.Dot(f, image);
        }

        (Vectors.Softmax(weights) - Math.Log(100)).ShouldBe(logarithm, 1e-12);
        for (var s = 0; s < 100; s++)
        {
            group.ApplyDesign(s, a, image);
            for (var j = 0; j < 100; j++)
                expected[j] += weights[s] * image[j];
        }

        mean.ShouldBe(expected, 1e-12);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e-3)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1e4)]
    [InlineData(1e7)]
    [InlineData(1e12)]
    public void MeanRotationsOfAnySize(double size)
    {
        // Against derivatives of the normaliser, and against the limits.
        double[][] shapes = [[1, 0.7, 0.3], [1, 0.7, -0.3], [1, 1, 1], [1, 1, -1], [1, 0.5, -0.5], [1, 0, 0], [1, 1, 0]];
        foreach (var shape in shapes)
        {
            double[] s = [.. shape.Select(value => size * value)], slopes = new double[3], other = new double[3];
            MatrixFisher.Slopes(s, slopes);
            slopes.ShouldAllBe(slope => Math.Abs(slope) <= 1 + 1e-12);
            if (size < 1e-6)
                slopes.ShouldBe([.. s.Select(value => value / 3)], 1e-8 * size);
            if (size is 1 or 30)
            {
                for (var k = 0; k < 3; k++)
                {
                    // Singular values in any order give the same normaliser as long as their product keeps its sign.
                    var step = 1e-4;
                    double[] up = [.. s], down = [.. s];
                    (up[k], down[k]) = (up[k] + step, down[k] - step);
                    var slope = (LogNormaliser(up) - LogNormaliser(down)) / (2 * step);
                    slopes[k].ShouldBe(slope, 1e-6);
                }
            }

            if (size >= 1e4 && shape[1] + shape[2] > 0.1)
                slopes.ShouldAllBe(slope => slope > 1 - (10 / size));
        }

        static double LogNormaliser(double[] values)
        {
            double[] field = [values[0], 0, 0, 0, values[1], 0, 0, 0, values[2]];
            return MatrixFisher.Mean(field, new double[9]);
        }
    }

    [Fact]
    public void TheBordersOfMethodsAreSmooth()
    {
        double[] below = new double[3], above = new double[3];
        double[] s = [4e7, 0.999999e7, 0], t = [4e7, 1.000001e7, 0];
        MatrixFisher.Slopes(s, below);
        MatrixFisher.Slopes(t, above);
        below.ShouldBe(above, 1e-11);
        s = [1.00001e-4, 0.7e-4, -0.3e-4];
        t = [0.99999e-4, 0.7e-4, -0.3e-4];
        MatrixFisher.Slopes(s, below);
        MatrixFisher.Slopes(t, above);
        (below[0] - above[0]).ShouldBe(2e-9 / 3, 1e-13);
        below[1..].ShouldBe(above[1..], 1e-13);
    }

    [Fact]
    public void ProperDecompositionsAreExact()
    {
        double[][] matrices = [[1, 2, 3, 4, 5, 6, 7, 8, 10], [0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0, 0], [1, 2, 3, 2, 4, 6, 3, 6, 9], [-1, 0, 0, 0, -1, 0, 0, 0, -1], [1e-100, 0, 0, 0, 1e40, 0, 0, 0, -3], [0, 1, 0, 1, 0, 0, 0, 0, 1e-9]];
        foreach (var matrix in matrices)
        {
            double[] u = new double[9], s = new double[3], v = new double[9];
            ProperSvd.Of(matrix, u, s, v);
            s[0].ShouldBeGreaterThanOrEqualTo(s[1]);
            s[1].ShouldBeGreaterThanOrEqualTo(Math.Abs(s[2]) * (1 - 1e-12));
            Determinant(u).ShouldBe(1, 1e-12);
            Determinant(v).ShouldBe(1, 1e-12);
            for (var k = 0; k < 9; k++)
            {
                var entry = 0.0;
                for (var i = 0; i < 3; i++)
                    entry += u[(k / 3 * 3) + i] * s[i] * v[(k % 3 * 3) + i];
                entry.ShouldBe(matrix[k], 1e-14 * Math.Max(1e-300, s[0]));
            }
        }

        static double Determinant(double[] m) => (m[0] * ((m[4] * m[8]) - (m[5] * m[7]))) - (m[1] * ((m[3] * m[8]) - (m[5] * m[6]))) + (m[2] * ((m[3] * m[7]) - (m[4] * m[6])));
    }

    [Fact]
    public void PermutationsAtAnyScale()
    {
        // Weights beyond the range of numbers: the sums are relative to the best assignment.
        foreach (var size in (double[])[1e-9, 1, 1e3, 1e6])
        {
            double[] cloud = [.. Enumerable.Range(0, 10).Select(k => size * Math.Sin(1 + (2.1 * k)))], mean = new double[10], nearest = new double[10];
            var orbit = new GroupForm("permutation").Make(10, 1).Of(cloud);
            double[] field = [.. cloud.Reverse().Select(value => value * 3)];
            double.IsFinite(orbit.Mean(field, mean)).ShouldBeTrue();
            orbit.Nearest(field, nearest);
            mean.Sum().ShouldBe(cloud.Sum(), 1e-9 * size);
            if (size >= 1e6)
                mean.ShouldBe(nearest, 1e-6 * size);
        }
    }

    private static (SymmetryGroup Group, double[] A, double[] F) Inputs(string name, int columns)
    {
        double[] a = [.. Enumerable.Range(0, 4 * columns).Select(k => Math.Sin((1.3 * k) + 0.2))], f = [.. Enumerable.Range(0, 4 * columns).Select(k => 0.6 * Math.Cos(0.9 * k))];
        return (new GroupForm(name).Make(4, columns), a, f);
    }
}
