using System.Runtime.Intrinsics;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The gradient Hδ of a quadratic loss that has no samples.</summary>
internal sealed class MatrixKernel(Matrix<double> hessian) : GradientKernel(hessian.RowCount)
{
    private readonly double[] rows = hessian.ToRowMajorArray();

    public override int Stride => 1;

    public override GradientKernel Clone() => this;

    public override void Mean(ref int indices, int count, ref double state, ref double gradient)
    {
        for (var i = 0; i < Dimension; i++)
        {
            var sum = Vector512<double>.Zero;
            for (var j = 0; j < Dimension; j++)
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(rows[(i * Dimension) + j]), Vector512.LoadUnsafe(ref state, (nuint)(j * Lanes)), sum);
            sum.StoreUnsafe(ref gradient, (nuint)(i * Lanes));
        }
    }
}
