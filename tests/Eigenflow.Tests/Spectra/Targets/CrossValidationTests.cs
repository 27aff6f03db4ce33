using Eigenflow.Data;
using Eigenflow.Spectra.Estimation;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

/// <summary>Generalised cross-validation from eigenvalues and target power.</summary>
public sealed class CrossValidationTests
{
    private static SpectrumEstimate Estimate(DataMatrix data, double[] labels, bool centre = true) =>
        SpectrumEstimate.FromData(data, new SpectrumEstimateOptions { Labels = LabelColumn.Of(labels), Centre = centre }, TestContext.Current.CancellationToken);

    // Reference values for arXiv 2405.00592: X_ij = sin(1 + 0.7 ij)/√j, y_i = cos(0.3 i).
    [Fact]
    public void ReferenceValue()
    {
        const int Rows = 12, Columns = 20;
        double[] x = [.. Enumerable.Range(0, Rows * Columns).Select(k => Math.Sin(1 + (0.7 * ((k / Columns) + 1) * ((k % Columns) + 1))) / Math.Sqrt((k % Columns) + 1))];
        var validation = Estimate(new DataMatrix(Rows, Columns, x), [.. Enumerable.Range(1, Rows).Select(i => Math.Cos(0.3 * i))], centre: false).Validation!;
        validation.At(0.05).ShouldBe(1.69340739167, 1.7e-7);

        // As many modes as rows without a ridge: 0/0.
        validation.At(0).ShouldBe(double.NaN);
    }

    // Against twenty thousand rows that it has not seen; 300 rows know an error to about 8 % (√(2/n)), twice that is allowed.
    [Fact]
    public void EstimatesTheErrorOnNewRows()
    {
        const int Rows = 300, Columns = 40;
        var (data, labels) = Drawn(Rows, Columns, 4);
        var (fresh, answers) = Drawn(20_000, Columns, 5);
        var validation = Estimate(data, labels).Validation!;
        var (ridge, error) = (validation.BestRidge, validation.BestError);
        error.ShouldBeLessThanOrEqualTo(validation.At(0.9 * ridge));
        error.ShouldBeLessThanOrEqualTo(validation.At(1.1 * ridge));

        // (1/n)|ỹ − X̃w|² + λ|w|², solved by steps of gradient descent on the normal equations.
        var means = Enumerable.Range(0, Columns).Select(j => Enumerable.Range(0, Rows).Average(i => data.Row(i)[j])).ToArray();
        var mean = labels.Average();
        var weights = new double[Columns];
        for (var step = 0; step < 4000; step++)
        {
            double[] gradient = [.. weights.Select(weight => ridge * weight)];
            for (var i = 0; i < Rows; i++)
            {
                var residual = Predicted(data, i) - labels[i];
                for (var j = 0; j < Columns; j++)
                    gradient[j] += residual * (data.Row(i)[j] - means[j]) / Rows;
            }

            for (var j = 0; j < Columns; j++)
                weights[j] -= 0.25 * gradient[j];
        }

        var measured = Enumerable.Range(0, answers.Length).Average(i => Math.Pow(Predicted(fresh, i) - answers[i], 2));
        error.ShouldBe(measured, 0.16 * measured);
        validation.Theory(ridge).ShouldBe(measured, 0.16 * measured);

        double Predicted(DataMatrix rows, int i)
        {
            var sum = mean;
            for (var j = 0; j < Columns; j++)
                sum += (rows.Row(i)[j] - means[j]) * weights[j];
            return sum;
        }
    }

    [Fact]
    public void LabelsWithoutNoiseNeedNoRidge()
    {
        var data = SampleRows.Gaussian(200, 6, mode => 1.0 / mode, 3);
        var estimate = Estimate(data, data.Column(1));
        estimate.Validation!.BestError.ShouldBeLessThan(1e-12);
        SpectrumEstimate.FromData(data, cancellation: TestContext.Current.CancellationToken).Validation.ShouldBeNull();
    }

    private static (DataMatrix Data, double[] Labels) Drawn(int rows, int columns, ulong seed)
    {
        var data = SampleRows.Gaussian(rows, columns, mode => 1 / Math.Sqrt(mode), seed);
        var noise = SampleRows.Gaussian(rows, 1, _ => 0.5, seed + 100);
        return (data, [.. Enumerable.Range(0, rows).Select(i => 3 + noise.Row(i)[0] + Enumerable.Range(0, columns).Sum(j => data.Row(i)[j] / (j + 1)))]);
    }
}
